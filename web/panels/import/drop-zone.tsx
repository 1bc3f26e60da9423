// Where files are dropped or chosen, many at once, folders too.
import { InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bundled, type DroppedFile, droppedFiles } from '../../state/import-bundle.ts';
import { useImport } from '../../state/import-store.ts';
import { useWorkspace } from '../../state/store.ts';

const ENDINGS = '.geojson,.json,.gz,.zip,.shp,.shx,.dbf,.prj,.cpg,.gpkg,.kml,.kmz,.dxf,.fgb,.csv,.txt,.tsv,.xlsx,.pbf,.osm,.xml';

export function DropZone({ large }: { large: boolean }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const send = useImport((store) => store.send);
  const take = async (dropped: Promise<readonly DroppedFile[]>): Promise<void> => {
    const files = await dropped.then(bundled).catch(() => null);
    if (files === null) useWorkspace.getState().explain('import:drop.unreadable');
    else if (files.length > 0) await send(files);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(droppedFiles(event.dataTransfer));
  };
  return (
    <section
      aria-label={t('import:drop.here')}
      className={`drop-zone${over ? ' is-over' : ''}${large ? ' is-large' : ''}`}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <InboxOutlined className="drop-mark" />
      <p>
        <strong>{t('import:drop.here')}</strong>
      </p>
      <p className="small quiet">{t('import:drop.formats')}</p>
      <p className="small quiet">{t('import:drop.parts')}</p>
      <Button type={large ? 'primary' : 'default'} onClick={() => chooser.current?.click()}>
        {t('import:drop.choose')}
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        accept={ENDINGS}
        aria-label={t('import:drop.choose')}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])].map((file) => ({ path: file.name, file }));
          target.value = '';
          void take(Promise.resolve(files));
        }}
      />
    </section>
  );
}
